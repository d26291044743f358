"""Makes vectors.json: the vault's formats written a second time, on other libraries
(PyNaCl for libsodium's XChaCha20-Poly1305, argon2-cffi, cryptography for HKDF), so
that the Go code is checked against something that is not itself.

    pip install pynacl argon2-cffi cryptography && python vectors.py > vectors.json

Everything in here is made up and deterministic.
"""
import base64, hashlib, json
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt


def draw(label, n):
    return hashlib.shake_256(label.encode()).digest(n)


def pad(plain):
    size = 256
    while size <= len(plain):
        size *= 2
    return plain + b"\x80" + bytes(size - len(plain) - 1)


def seal(key, person, rid, nonce, padded, version=1):
    aad = bytes([version]) + person + rid
    return bytes([version]) + nonce + encrypt(padded, aad, nonce, key)


key, person, other = draw("key", 32), draw("person", 16), draw("other person", 16)
rid, rid2 = draw("record", 16), draw("another record", 16)
good, bad = [], []


def case(into, name, sealed, **more):
    into.append({"name": name, "key": key.hex(), "person": person.hex(), "id": rid.hex(),
                 "sealed": sealed.hex(), **more})


for n in (0, 1, 100, 255, 256, 511, 512, 1000, 2047, 2048, 5000):
    plain = draw(f"plain {n}", n)
    case(good, f"{n} bytes", seal(key, person, rid, draw(f"nonce {n}", 24), pad(plain)), plain=plain.hex())
case(good, "ends in marks and zeros", seal(key, person, rid, draw("nonce m", 24), pad(b"a\x80\x00\x80\x00")),
     plain=b"a\x80\x00\x80\x00".hex())

nonce = draw("nonce bad", 24)
whole = seal(key, person, rid, nonce, pad(b'{"kind":"dose"}'))


def flip(b, i):
    return b[:i] + bytes([b[i] ^ 1]) + b[i + 1:]


for name, i in {"nonce, first bit": 1, "nonce, last bit": 24, "ciphertext": 25, "padding": 200,
                "tag, first": len(whole) - 16, "tag, last": len(whole) - 1}.items():
    case(bad, "flipped: " + name, flip(whole, i), code="corrupt")
case(bad, "empty, as when forgotten", b"", code="corrupt")
case(bad, "version alone", whole[:1], code="corrupt")
case(bad, "cut by one", whole[:-1], code="corrupt")
case(bad, "cut in half", whole[:len(whole) // 2], code="corrupt")
case(bad, "longer by one", whole + b"\x00", code="corrupt")
case(bad, "version 0", seal(key, person, rid, nonce, pad(b"x"), 0), code="corrupt")
case(good, "version 2", seal(key, person, rid, nonce, pad(b"x"), 2), plain=b"x".hex())
case(bad, "version 3", seal(key, person, rid, nonce, pad(b"x"), 3), code="newer_version")
case(bad, "another person's", seal(key, other, rid, nonce, pad(b"x")), code="corrupt")
case(bad, "another record's", seal(key, person, rid2, nonce, pad(b"x")), code="corrupt")
case(bad, "another key's", seal(draw("key 2", 32), person, rid, nonce, pad(b"x")), code="corrupt")
case(bad, "no end mark", seal(key, person, rid, nonce, bytes(256)), code="corrupt")
case(bad, "padding not zero", seal(key, person, rid, nonce, b"x\x80" + bytes(253) + b"\x01"), code="corrupt")
case(bad, "padded too far", seal(key, person, rid, nonce, b"x\x80" + bytes(510)), code="corrupt")
case(bad, "odd size", seal(key, person, rid, nonce, b"x\x80" + bytes(300)), code="corrupt")

# GF(32) by powers of the root of x^5 + x^2 + 1.
EXP = [1]
while len(EXP) < 31:
    v = EXP[-1] << 1
    EXP.append(v ^ 37 if v & 32 else v)
LOG = {v: i for i, v in enumerate(EXP)}


def mul(a, b):
    return EXP[(LOG[a] + LOG[b]) % 31] if a and b else 0


def check(symbols):
    g = [1]
    for power in (1, 2, 3, 4):  # highest power first
        g = [a ^ b for a, b in zip(g + [0], [0] + [mul(c, EXP[power]) for c in g])]
    rest = list(symbols) + [0] * 4
    for i in range(len(symbols)):
        lead = rest[i]
        for j, c in enumerate(g):
            rest[i + j] ^= mul(lead, c)
    return rest[-4:]


def code_text(symbols):
    full = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[s] for s in list(symbols) + check(symbols))
    return "-".join(full[i:i + 5] for i in range(0, 30, 5))


def wrap(kind, secret, cost=None, credential=None):
    salt, nonce = draw(f"salt {kind}", 16), draw(f"nonce {kind}", 24)
    if cost:
        kek = hash_secret_raw(secret, salt, cost["time"], cost["memory_kib"], cost["threads"], 32, Type.ID)
    else:
        kek = HKDF(SHA256(), 32, salt, b"evenkeel wrap 1 " + kind.encode()).derive(secret)
    aad = b"evenkeel wrap 1 " + person + kind.encode()
    w = {"kind": kind}
    if cost:
        w["argon2id"] = cost
    if credential:
        w["credential"] = base64.b64encode(credential).decode()
    w["salt"] = base64.b64encode(salt).decode()
    w["sealed"] = base64.b64encode(nonce + encrypt(key, aad, nonce, kek)).decode()
    return w


def ring(wraps, owner=person, version=1):
    text = json.dumps({"version": version, "wraps": wraps, "sum": None}, separators=(",", ":"))
    total = base64.b64encode(hashlib.sha256(owner + text.encode()).digest()[:16]).decode()
    return text.replace('"sum":null', f'"sum":"{total}"')


symbols = bytes(b & 31 for b in draw("recovery", 26))
device = draw("device", 32)
passphrase = "Grüne Blätter, 9 Tage"  # composed, with a plain space
cost = {"memory_kib": 65536, "time": 2, "threads": 1}
p, r, d = wrap("passphrase", passphrase.encode(), cost), wrap("recovery", symbols), wrap("device", device)
passkey = draw("passkey", 32)
k = wrap("passkey", passkey, credential=draw("credential", 20))
rings = [
    {"name": "passphrase and recovery", "ring": ring([p, r]), "passphrase": passphrase, "recovery": code_text(symbols)},
    {"name": "passphrase typed in another way", "ring": ring([p]), "passphrase": "Gru\u0308ne\u00a0Bla\u0308tter, 9 Tage"},
    {"name": "device and recovery", "ring": ring([d, r]), "device": device.hex(), "recovery": code_text(symbols).lower().replace("0", "o").replace("1", "l")},
    {"name": "passphrase, recovery and passkey", "ring": ring([p, r, k], version=2), "passphrase": passphrase, "recovery": code_text(symbols), "passkey": passkey.hex()},
]


def edit(w, **more):
    return {**w, **more}


def edit_cost(w):
    return {"kind": w["kind"], "argon2id": cost, "credential": w["credential"], "salt": w["salt"], "sealed": w["sealed"]}


bad_rings = [
    {"name": "newer", "ring": ring([p], version=3), "code": "newer_version"},
    {"name": "version 2 without a passkey", "ring": ring([p], version=2), "code": "corrupt"},
    {"name": "version 1 with a passkey", "ring": ring([p, k]), "code": "corrupt"},
    {"name": "passkey without passphrase", "ring": ring([r, k], version=2), "code": "corrupt"},
    {"name": "passkey beside the device key", "ring": ring([d, k], version=2), "code": "corrupt"},
    {"name": "passkey without credential", "ring": ring([p, wrap("passkey", passkey)], version=2), "code": "corrupt"},
    {"name": "credential too long", "ring": ring([p, wrap("passkey", passkey, credential=bytes(1024))], version=2), "code": "corrupt"},
    {"name": "recovery with credential", "ring": ring([wrap("recovery", symbols, credential=b"x")]), "code": "corrupt"},
    {"name": "passkey with cost", "ring": ring([p, edit_cost(k)], version=2), "code": "corrupt"},
    {"name": "another person's", "ring": ring([p], other), "code": "corrupt"},
    {"name": "sum wrong", "ring": ring([p]).replace('"sum":"', '"sum":"A'), "code": "corrupt"},
    {"name": "cut", "ring": ring([p])[:-20], "code": "corrupt"},
    {"name": "spaces", "ring": ring([p]).replace(",", ", "), "code": "corrupt"},
    {"name": "version 0", "ring": ring([p], version=0), "code": "corrupt"},
    {"name": "two of a kind", "ring": ring([r, r]), "code": "corrupt"},
    {"name": "unknown kind", "ring": ring([edit(r, kind="friend")]), "code": "corrupt"},
    {"name": "memory beyond the cap", "ring": ring([edit(p, argon2id=edit(cost, memory_kib=4194304))]), "code": "corrupt"},
    {"name": "memory below the floor", "ring": ring([edit(p, argon2id=edit(cost, memory_kib=8))]), "code": "corrupt"},
    {"name": "time beyond the cap", "ring": ring([edit(p, argon2id=edit(cost, time=4000000000))]), "code": "corrupt"},
    {"name": "one pass", "ring": ring([edit(p, argon2id=edit(cost, time=1))]), "code": "corrupt"},
    {"name": "no threads", "ring": ring([edit(p, argon2id=edit(cost, threads=0))]), "code": "corrupt"},
    {"name": "passphrase without cost", "ring": ring([{k: v for k, v in p.items() if k != "argon2id"}]), "code": "corrupt"},
    {"name": "device with cost", "ring": ring([{"kind": "device", "argon2id": cost, "salt": d["salt"], "sealed": d["sealed"]}]), "code": "corrupt"},
    {"name": "short salt", "ring": ring([edit(p, salt="AAAA")]), "code": "corrupt"},
    {"name": "short seal", "ring": ring([edit(p, sealed="AAAA")]), "code": "corrupt"},
    {"name": "not JSON", "ring": "ring", "code": "corrupt"},
    {"name": "empty", "ring": "", "code": "corrupt"},
    {"name": "null", "ring": "null", "code": "corrupt"},
]
def edit_recovery(w):
    return {"kind": "passkey", "credential": k["credential"], "salt": w["salt"], "sealed": w["sealed"]}


# Sound to look at, but the seals do not fit: a wrap under another kind's name.
swapped = ring([edit(r, kind="device")])
print(json.dumps({
    "key": key.hex(), "person": person.hex(), "records": good, "bad_records": bad, "rings": rings, "bad_rings": bad_rings,
    "moved_wraps": [
        {"name": "recovery as device", "ring": swapped, "device": (symbols + bytes(6)).hex()},
        {"name": "recovery as passkey", "ring": ring([p, edit_recovery(r)], version=2), "passkey": (symbols + bytes(6)).hex()},
        {"name": "passphrase with other cost", "ring": ring([edit(p, argon2id=edit(cost, time=3))]), "passphrase": passphrase},
    ],
}, indent=1, ensure_ascii=False))
