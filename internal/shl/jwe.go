package shl

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/evenkeel/evenkeel/internal/fault"
)

const (
	// KeySize is the size of a link's key, in bytes.
	KeySize = 32
	// FHIR is the content type of a FHIR resource as JSON.
	FHIR = "application/fhir+json"

	ivSize, tagSize = 12, 16
	// maxJWE bounds what Decode looks at: four times what a host keeps of one share.
	maxJWE = 8 << 20
)

var (
	base64url = base64.RawURLEncoding.Strict()
	errFile   = fault.New(fault.Corrupt, "shl.file_damaged")
)

// header is the protected header of a JWE; Crit names what a reader has to
// understand, of which there is nothing here.
type header struct {
	Alg  string   `json:"alg"`
	Enc  string   `json:"enc"`
	Type string   `json:"cty,omitempty"`
	Zip  string   `json:"zip,omitempty"`
	Crit []string `json:"crit,omitempty"`
}

// Encode encrypts a file for a link: compact JWE with alg dir and enc A256GCM. Each
// call draws a fresh IV, as one key serves all versions of a file. The content has to
// be JSON, as every type of the specification is; it is padded with white space, or
// compressed and padded, so that the length tells no more than its class. Content
// that does not fit is fault.Invalid.
func Encode(content []byte, contentType string, key [KeySize]byte, random io.Reader) (jwe string, err error) {
	h := header{Alg: "dir", Enc: "A256GCM", Type: contentType}
	plain, zipped, err := pack(content)
	if err != nil {
		return "", err
	}
	if zipped {
		h.Zip = "DEF"
	}
	head, err := json.Marshal(h)
	if err != nil {
		return "", fault.Wrap(err, fault.Internal, "vault.not_sealed")
	}
	iv := make([]byte, ivSize)
	if _, err := io.ReadFull(random, iv); err != nil {
		return "", fault.Wrap(fmt.Errorf("random source: %w", err), fault.Internal, "vault.no_random")
	}
	gcm, err := newGCM(key)
	if err != nil {
		return "", err
	}
	aad := base64url.EncodeToString(head)
	box := gcm.Seal(nil, iv, plain, []byte(aad))
	text, tag := box[:len(box)-tagSize], box[len(box)-tagSize:]
	return strings.Join([]string{aad, "", base64url.EncodeToString(iv), base64url.EncodeToString(text), base64url.EncodeToString(tag)}, "."), nil
}

// Decode decrypts a file of a link, of Evenkeel or of others. The content type is
// empty where the file does not say it. What is no such file, or was changed, or is
// of another key, is fault.Corrupt; a way of encrypting that the specification does
// not have is fault.NewerVersion, and so is one that asks for more than this reader
// knows; more than MaxContent bytes are fault.Invalid.
func Decode(jwe string, key [KeySize]byte) (content []byte, contentType string, err error) {
	if len(jwe) > maxJWE {
		return nil, "", errTooLarge
	}
	parts := strings.Split(strings.TrimSpace(jwe), ".")
	if len(parts) != 5 {
		return nil, "", errFile
	}
	var raw [5][]byte
	for i, part := range parts {
		if raw[i], err = base64url.DecodeString(part); err != nil {
			return nil, "", errFile
		}
	}
	var h header
	if json.Unmarshal(raw[0], &h) != nil {
		return nil, "", errFile
	}
	if h.Alg != "dir" || h.Enc != "A256GCM" || h.Zip != "" && h.Zip != "DEF" || len(h.Crit) > 0 {
		return nil, "", fault.New(fault.NewerVersion, "shl.file_other_way")
	}
	if len(raw[1]) != 0 || len(raw[2]) != ivSize || len(raw[4]) != tagSize {
		return nil, "", errFile
	}
	gcm, err := newGCM(key)
	if err != nil {
		return nil, "", err
	}
	plain, err := gcm.Open(nil, raw[2], append(raw[3], raw[4]...), []byte(parts[0]))
	if err != nil {
		return nil, "", errFile
	}
	if h.Zip == "DEF" {
		if plain, err = inflate(plain); err != nil {
			return nil, "", err
		}
	}
	return plain, h.Type, nil
}

func newGCM(key [KeySize]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "vault.key_unusable")
	}
	return gcm, nil
}
