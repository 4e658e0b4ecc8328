"""The local Google, the local AI and the page that shows a spreadsheet with its sidebar.

It stands in for the servers of Google and OpenAI on one machine, on loopback alone. The product never imports it, and
it never imports the product: they meet over HTTP.
"""
