"""What apps above put into the account: pages, kinds of letters, banners, what they hold."""
