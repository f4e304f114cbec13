"""What two sides say of one agenda: offers, wording and counter-wording, remarks, sign-off item by item, freezing."""
