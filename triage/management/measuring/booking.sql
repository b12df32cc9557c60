SELECT s.places
FROM measured_turn t
JOIN appointments_slot s ON s.id = t.slot_id
JOIN triage_case c ON c.id = t.case_id
WHERE t.turn = :turn
FOR UPDATE OF s, c;

INSERT INTO appointments_dayload AS load (clinician_id, day, held, booked, logged)
SELECT s.clinician_id, s.day, 0, c.points, 0
FROM measured_turn t
JOIN appointments_slot s ON s.id = t.slot_id
JOIN triage_case c ON c.id = t.case_id
WHERE t.turn = :turn
ON CONFLICT (clinician_id, day) DO UPDATE SET booked = load.booked + excluded.booked
WHERE load.held + load.booked + load.logged + excluded.booked <= 250;

INSERT INTO appointments_shareuse AS share (practice_id, hub_id, day, used, borrowed)
SELECT c.practice_id, s.hub_id, s.day, 1, 0
FROM measured_turn t
JOIN appointments_slot s ON s.id = t.slot_id
JOIN triage_case c ON c.id = t.case_id
WHERE t.turn = :turn AND s.hub_id IS NOT NULL
ON CONFLICT (practice_id, hub_id, day) DO UPDATE SET used = share.used + 1
WHERE share.used < 1000;

INSERT INTO appointments_booking
  (public_id, slot_id, place, starts_at, ends_at, clinician_id, hub_id, practice_id, patient_id,
   person_key, case_ref, state, mode, day, points, held_at, booked_at, by_id, method, reason,
   overflow_reason, share, meter, ended_because, version)
SELECT gen_random_uuid(), s.id, 1, s.starts_at, s.ends_at, s.clinician_id, s.hub_id, c.practice_id,
       c.patient_id, p.person_key, c.reference, 'booked', s.mode, s.day, c.points, t.at, t.at,
       t.user_id, 'phone', c.need,
       CASE WHEN s.hub_id IS NULL THEN '' ELSE 'patient_choice' END,
       CASE WHEN s.hub_id IS NULL THEN '' ELSE 'own' END, '{}', '', 1
FROM measured_turn t
JOIN appointments_slot s ON s.id = t.slot_id
JOIN triage_case c ON c.id = t.case_id
JOIN practices_patient p ON p.id = c.patient_id
WHERE t.turn = :turn;

UPDATE triage_case c
SET state = 'booked', version = c.version + 1,
    booking_id = currval('appointments_booking_id_seq')
FROM measured_turn t
WHERE t.turn = :turn AND c.id = t.case_id;

WITH t AS (
  SELECT t.at, t.case_id, t.user_id, t.role, c.reference, c.practice_id, c.patient_id, c.phone,
         s.day, coalesce(s.hub_id, s.practice_id) AS provider_id
  FROM measured_turn t
  JOIN appointments_slot s ON s.id = t.slot_id
  JOIN triage_case c ON c.id = t.case_id
  WHERE t.turn = :turn
), changed AS (
  INSERT INTO appointments_changedday (organisation_id, day, changed_at)
  SELECT provider_id, day, at FROM t
), audit AS (
  INSERT INTO practices_auditentry
    (at, by_id, role, organisation_id, verb, entity, entity_id, facts)
  SELECT at, user_id, role, practice_id, verb, 'case', reference, '{"slot": 1, "overflow": ""}'
  FROM t, (VALUES ('slot.booked'), ('case.book')) verbs (verb)
), step AS (
  INSERT INTO triage_casestep
    (case_id, at, by_id, role, step, from_state, to_state, urgency, code, before)
  SELECT case_id, at, user_id, role, 'book', 'waiting', 'booked', 4, '', '{}' FROM t
), decision AS (
  INSERT INTO triage_routedecision (case_id, at, by_id, chosen, offered, weighed)
  SELECT case_id, at, user_id, '{"slot": 1}', '["own_practice"]', '[]' FROM t
), message AS (
  INSERT INTO practices_message
    (reference, patient_id, practice_id, case_ref, kind, channel, send_to, body, state, queued_at,
     trouble)
  SELECT gen_random_uuid(), patient_id, practice_id, reference, 'confirmed', 'text', phone,
         'Your appointment is at 10am on Monday 30 November, Invented Surgery.', 'queued', at, ''
  FROM t
)
INSERT INTO practices_outboxitem (task, payload, created_at, due_at, attempts, trouble)
SELECT 'practices.tasks.deliver_message', '{"message_id": 1}', at, at, 0, '' FROM t;
