"""What every page needs: the application, signing in, headers, errors, languages, and dates as people write them."""
