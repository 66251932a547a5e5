// Hands over what the microphone hears, block by block.

class Tap extends AudioWorkletProcessor {
  /** @param {Float32Array[][]} options */
  process([input]) {
    if (input[0]) this.port.postMessage(input[0].slice());
    return true;
  }
}

registerProcessor("tap", Tap);
