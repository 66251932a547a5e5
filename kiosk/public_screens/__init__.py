"""The browser of a public screen (kiosk, tablet, filing PC): its policy, its life, and when it is dark."""
