"""What is known about senders, phrases and hosts: data in readable files, and the one function that reads them."""
