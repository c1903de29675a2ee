"""What holds for every moment, flow, story and consent, whichever way it comes in."""
