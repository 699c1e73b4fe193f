package client

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"strings"
)

// Manifest is what a channel delivers, after its signature was verified.
type Manifest struct {
	Model, Channel           string
	Number, Release, Version int64
	Files                    []ManifestFile
	Classes                  []string
	InputShape               []int64
	Issued                   int64
	// KeyID names the key that signed it.
	KeyID string `json:"-"`
	// JWS is the manifest as it was signed, in compact form.
	JWS string `json:"-"`
}

// ManifestFile is a file that a device may fetch.
type ManifestFile struct {
	Target, Precision, Layout, SHA256, Path string
	Size                                    int64
}

// key is a public key of a JSON Web Key Set.
type key struct {
	Kid, Kty, Crv, X, Y string
}

// Manifest fetches and verifies what a channel delivers.
//
// keySet is the JSON Web Key Set to trust; empty to trust the one that the server gives now.
func (c *Client) Manifest(ctx context.Context, model, channel, keySet string) (*Manifest, error) {
	jws, err := c.Get(ctx, "/delivery/v1/models/"+url.PathEscape(model)+"/channels/"+url.PathEscape(channel)+"/manifest", "application/jose")
	if err != nil {
		return nil, err
	}
	if keySet == "" {
		given, err := c.Get(ctx, "/delivery/v1/keys", "*/*")
		if err != nil {
			return nil, err
		}
		keySet = string(given)
	}
	manifest, err := verify(string(jws), keySet)
	if err != nil {
		return nil, err
	}
	if manifest.Model != model || manifest.Channel != channel {
		return nil, fmt.Errorf("the server gave the manifest of %s, channel %s", manifest.Model, manifest.Channel)
	}
	return manifest, nil
}

func verify(jws, keySet string) (*Manifest, error) {
	parts := strings.Split(jws, ".")
	if len(parts) != 3 {
		return nil, errors.New("the manifest is no JWS in compact form")
	}
	var header struct{ Alg, Kid string }
	if err := decode(parts[0], &header); err != nil || header.Alg != "ES256" {
		return nil, errors.New("the manifest is not signed with ES256")
	}
	public, err := find(keySet, header.Kid)
	if err != nil {
		return nil, err
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || len(signature) != 64 {
		return nil, errors.New("the manifest's signature is damaged")
	}
	hash := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ecdsa.Verify(public, hash[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		return nil, errors.New("the manifest's signature is not that of its key; do not use it")
	}
	manifest := &Manifest{KeyID: header.Kid, JWS: jws}
	if err := decode(parts[1], manifest); err != nil {
		return nil, errors.New("the manifest is no JSON")
	}
	return manifest, nil
}

func find(keySet, id string) (*ecdsa.PublicKey, error) {
	var set struct{ Keys []key }
	if err := json.Unmarshal([]byte(keySet), &set); err != nil {
		return nil, errors.New("the key set is no JSON Web Key Set")
	}
	for _, one := range set.Keys {
		if one.Kid != id || one.Kty != "EC" || one.Crv != "P-256" {
			continue
		}
		x, err := base64.RawURLEncoding.DecodeString(one.X)
		if err != nil {
			return nil, errors.New("the key set is damaged")
		}
		y, err := base64.RawURLEncoding.DecodeString(one.Y)
		if err != nil || len(x) != 32 || len(y) != 32 {
			return nil, errors.New("the key set is damaged")
		}
		// A point in SEC 1's uncompressed form, which is checked to be on the curve.
		return ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	}
	return nil, fmt.Errorf("the manifest is signed by the key '%s', which is none of the key set; do not use it", id)
}

func decode(part string, out any) error {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, out)
}
