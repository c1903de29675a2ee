"""Units that read like people, in the languages of the program: they propose, a person decides."""

import re

PEOPLE = (
    # English
    "person", "persons", "people", "patient", "patients", "resident", "residents", "member",
    "members", "nurse", "nurses", "participant", "participants", "client", "clients", "pupil",
    "pupils", "student", "students", "child", "children", "adult", "adults", "woman", "women",
    "man", "men", "teacher", "teachers", "worker", "workers", "employee", "employees", "colleague",
    "colleagues", "staff", "volunteer", "volunteers", "carer", "carers", "doctor", "doctors",
    "household", "households", "family", "families", "respondent", "respondents", "user", "users",
    "citizen", "citizens", "farmer", "farmers", "midwife", "midwives", "leader", "leaders",
    "attendee", "attendees", "attending", "answering", "responding", "checkout", "checkouts",
    "check-out", "check-outs", "check-in", "check-ins", "interviewee", "interviewees",
    # Deutsch
    "personen", "leute", "menschen", "patienten", "patientin", "patientinnen", "bewohner",
    "bewohnerin", "bewohnerinnen", "mitglied", "mitglieder", "pflegende", "pflegekraft",
    "pflegekräfte", "teilnehmende", "teilnehmer", "teilnehmerinnen", "klienten", "klientinnen",
    "schüler", "schülerinnen", "studierende", "kinder", "kind", "frauen", "männer", "mitarbeitende",
    "mitarbeiter", "mitarbeiterinnen", "beschäftigte", "familien", "haushalte", "befragte",
    # Español
    "persona", "personas", "gente", "paciente", "pacientes", "residente", "residentes", "miembro",
    "miembros", "enfermera", "enfermeras", "enfermeros", "participante", "participantes",
    "cliente", "clientes", "alumno", "alumnos", "alumnas", "estudiante", "estudiantes", "niño",
    "niños", "niñas", "mujer", "mujeres", "hombre", "hombres", "trabajadores", "trabajadoras",
    "empleados", "hogares", "familias", "voluntarios", "voluntarias",
    # Français
    "personne", "personnes", "gens", "résident", "résidents", "résidentes", "membre", "membres",
    "infirmier", "infirmiers", "infirmière", "infirmières", "usager", "usagers", "élève", "élèves",
    "étudiant", "étudiants", "étudiantes", "enfant", "enfants", "femme", "femmes", "homme",
    "hommes", "salariés", "salariées", "foyers", "familles", "bénévoles", "patientes",
    # Português
    "pessoa", "pessoas", "doente", "doentes", "utente", "utentes", "membros", "enfermeiros",
    "enfermeiras", "alunos", "alunas", "estudantes", "criança", "crianças", "mulher", "mulheres",
    "homem", "homens", "trabalhadores", "voluntários", "famílias", "agregados",
    # العربية
    "شخص", "أشخاص", "الأشخاص", "مريض", "مرضى", "المرضى", "مقيم", "مقيمين", "المقيمين", "عضو",
    "أعضاء", "الأعضاء", "ممرض", "ممرضة", "ممرضات", "الممرضات", "مشارك", "مشاركين", "المشاركين",
    "طالب", "طلاب", "الطلاب", "طفل", "أطفال", "الأطفال", "نساء", "النساء", "رجال", "الرجال",
    "عامل", "عمال", "أسرة", "أسر",
)  # fmt: skip
WORD = re.compile(r"\w+")
KNOWN = frozenset(word.casefold() for word in PEOPLE)


def reads_like_people(*texts: str | None) -> str:
    """The first word of some texts that stands for people; empty where there is none."""
    said = [text or "" for text in texts]
    words = (word for text in said for word in re.findall(r"\w+-\w+", text) + WORD.findall(text))
    return next((word for word in words if word.casefold() in KNOWN), "")
