"""Groups of unanswered questions, who asked, drafts, counts, and what can go wrong with them: what the work on them
(`bot.follow_up`) and the place that keeps them (`bot.storage`) both speak of.
"""
