"""Who holds a post from when until when, as mailbox and language of that time; never as a person."""
