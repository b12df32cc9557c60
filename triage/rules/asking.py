"""How long a question to the supervisor waits before somebody else is called."""

from datetime import timedelta

# (A) Who asks is at the patient's side; a supervisor may be with a patient of their own.
ANSWER_IN = timedelta(minutes=10)
# The code of a call for help because no supervisor is there, or none answers.
UNANSWERED = "unanswered"
