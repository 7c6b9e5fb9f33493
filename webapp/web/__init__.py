"""What every page needs: showing, access, forms, the visit of a browser, headers and errors."""
