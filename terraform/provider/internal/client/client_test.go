package client

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// serving answers requests by their number, from 1, and counts them.
func serving(t *testing.T, answer func(number int32, w http.ResponseWriter, r *http.Request)) (*Client, *atomic.Int32) {
	t.Helper()
	var count atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(count.Add(1), w, r)
	}))
	t.Cleanup(server.Close)
	made, err := New(Config{Endpoint: server.URL, Token: "secret", Workspace: "team", Retry: time.Minute, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return made, &count
}

func write(w http.ResponseWriter, status int, text string) {
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}

func drop() { panic(http.ErrAbortHandler) }

func TestARequestSaysWhoAsks(t *testing.T) {
	c, _ := serving(t, func(_ int32, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer secret" || r.Header.Get("X-Slipway-Workspace") != "team" ||
			r.Header.Get("User-Agent") != "terraform-provider-slipway/test" {
			t.Errorf("headers: %v", r.Header)
		}
		write(w, 200, `{"data":{"answer":7}}`)
	})
	var data struct{ Answer int }
	if err := c.Ask(context.Background(), "{ answer }", nil, &data); err != nil || data.Answer != 7 {
		t.Errorf("%v, %v", data, err)
	}
}

func TestWhatPassesIsAskedAgain(t *testing.T) {
	c, count := serving(t, func(number int32, w http.ResponseWriter, _ *http.Request) {
		switch number {
		case 1:
			write(w, 429, "")
		case 2:
			write(w, 503, "")
		case 3:
			write(w, 200, `{"errors":[{"message":"down","extensions":{"kind":"UNAVAILABLE","code":"x"}}]}`)
		case 4:
			drop()
		default:
			write(w, 200, `{"data":{}}`)
		}
	})
	var data any
	if err := c.Ask(context.Background(), "{ a }", nil, &data); err != nil || count.Load() != 5 {
		t.Errorf("%v after %d requests", err, count.Load())
	}
}

func TestWhatMightBeDoneTwiceIsNot(t *testing.T) {
	for _, status := range []int{502, 503, 504, 0} {
		c, count := serving(t, func(_ int32, w http.ResponseWriter, _ *http.Request) {
			if status == 0 {
				drop()
			}
			write(w, status, "")
		})
		var data any
		err := c.AskOnce(context.Background(), "mutation { a }", nil, &data)
		if !Unanswered(err) || count.Load() != 1 {
			t.Errorf("%d: %v after %d requests", status, err, count.Load())
		}
	}
	c, count := serving(t, func(number int32, w http.ResponseWriter, _ *http.Request) {
		if number == 1 {
			w.Header().Set("Retry-After", "1")
			write(w, 503, "")
			return
		}
		write(w, 200, `{"data":{}}`)
	})
	var data any
	if err := c.AskOnce(context.Background(), "mutation { a }", nil, &data); err != nil || count.Load() != 2 {
		t.Errorf("a server that says when to come again has done nothing: %v after %d requests", err, count.Load())
	}
}

func TestRetriesEnd(t *testing.T) {
	c, count := serving(t, func(_ int32, w http.ResponseWriter, _ *http.Request) { write(w, 503, "") })
	c.retry = 300 * time.Millisecond
	var data any
	err := c.Ask(context.Background(), "{ a }", nil, &data)
	if KindOf(err) != Unavailable || count.Load() > 10 {
		t.Errorf("%v after %d requests", err, count.Load())
	}
}

func TestACancelledCallEnds(t *testing.T) {
	c, _ := serving(t, func(_ int32, w http.ResponseWriter, _ *http.Request) { write(w, 503, "") })
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	began := time.Now()
	var data any
	if err := c.Ask(ctx, "{ a }", nil, &data); err == nil || time.Since(began) > 30*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

func TestErrorsSayWhatAndWhere(t *testing.T) {
	for _, one := range []struct {
		status     int
		body, kind string
		text       string
	}{
		{200, `{"errors":[{"message":"no","extensions":{"kind":"NOT_FOUND","code":"model.unknown"}}]}`, NotFound, "no [model.unknown] (request r1)"},
		{401, `{"detail":"who?","kind":"UNAUTHENTICATED","code":"token.unknown"}`, Unauthenticated, "who? [token.unknown] (request r1)"},
		{400, `{"error_code":"RESOURCE_ALREADY_EXISTS","message":"twice"}`, Conflict, "twice [RESOURCE_ALREADY_EXISTS] (request r1)"},
		{200, `<html>`, "", "is not Slipway (HTTP 200); is the endpoint right?"},
		{404, `not found`, "", "is not Slipway (HTTP 404)"},
		{302, ``, "", "leads on to /elsewhere"},
	} {
		c, _ := serving(t, func(_ int32, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Request-Id", "r1")
			w.Header().Set("Location", "/elsewhere")
			write(w, one.status, one.body)
		})
		var data any
		err := c.Ask(context.Background(), "{ a }", nil, &data)
		if err == nil || !strings.Contains(err.Error(), one.text) || KindOf(err) != one.kind {
			t.Errorf("%s: %v", one.body, err)
		}
	}
}

func TestALargeAnswerIsRefused(t *testing.T) {
	c, _ := serving(t, func(_ int32, w http.ResponseWriter, _ *http.Request) {
		write(w, 200, strings.Repeat(" ", maximumBody+1))
	})
	if _, err := c.Get(context.Background(), "/file", "*/*"); err == nil || !strings.Contains(err.Error(), "16 MiB") {
		t.Error(err)
	}
}

func TestWhatIsNoConfigurationIsRefused(t *testing.T) {
	for _, config := range []Config{
		{Endpoint: ""},
		{Endpoint: "slipway.example"},
		{Endpoint: "ftp://slipway.example"},
		{Endpoint: "https://user:secret@slipway.example"},
		{Endpoint: "https://slipway.example?a=b"},
		{Endpoint: "https://slipway.example", Token: "secret\n"},
		{Endpoint: "https://slipway.example", CAFile: filepath.Join(t.TempDir(), "missing")},
		{Endpoint: "https://slipway.example", CAFile: os.DevNull},
	} {
		if _, err := New(config); err == nil {
			t.Errorf("%+v was taken", config)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
}

func TestAnAuthorityOfOnesOwnIsTrusted(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { write(w, 200, `{"data":{}}`) }))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	var data any
	for ca, trusted := range map[string]bool{file: true, "": false} {
		c, err := New(Config{Endpoint: server.URL, CAFile: ca, Retry: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Ask(context.Background(), "{ a }", nil, &data); (err == nil) != trusted {
			t.Errorf("with the file '%s': %v", ca, err)
		}
	}
}

func TestATokenInPlainTextIsToldOf(t *testing.T) {
	for endpoint, insecure := range map[string]bool{
		"http://slipway.example": true, "https://slipway.example": false, "http://127.0.0.1:8080": false, "http://localhost": false,
		"http://[::1]:8080": false, "http://10.0.0.1": true,
	} {
		c, err := New(Config{Endpoint: endpoint, Token: "t"})
		if err != nil || c.InsecureToken() != insecure {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
}

func TestAManifestIsVerified(t *testing.T) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text := func(value any) string {
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	sign := func(payload, algorithm string) string {
		signed := text(map[string]string{"alg": algorithm, "kid": "k1"}) + "." + payload
		hash := sha256.Sum256([]byte(signed))
		r, s, err := ecdsa.Sign(rand.Reader, private, hash[:])
		if err != nil {
			t.Fatal(err)
		}
		return signed + "." + base64.RawURLEncoding.EncodeToString(append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...))
	}
	point, err := private.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	keys := fmt.Sprintf(`{"keys":[{"kid":"k1","kty":"EC","crv":"P-256","x":"%s","y":"%s"}]}`,
		base64.RawURLEncoding.EncodeToString(point[1:33]), base64.RawURLEncoding.EncodeToString(point[33:]))
	payload := text(map[string]any{"model": "digits", "channel": "beta", "number": 3})
	sound := sign(payload, "ES256")
	manifest, err := verify(sound, keys)
	if err != nil || manifest.Model != "digits" || manifest.Number != 3 || manifest.KeyID != "k1" || manifest.JWS != sound {
		t.Errorf("%+v, %v", manifest, err)
	}
	parts := strings.Split(sound, ".")
	for what, damaged := range map[string]string{
		"another payload": parts[0] + "." + text(map[string]any{"model": "digits", "number": 4}) + "." + parts[2],
		"no signature":    parts[0] + "." + parts[1] + ".",
		"another method":  sign(payload, "none"),
		"no JWS":          "hello",
	} {
		if _, err := verify(damaged, keys); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
	for _, other := range []string{`{"keys":[]}`, `x`, strings.Replace(keys, `"x":"`, `"x":"AA`, 1)} {
		if _, err := verify(sound, other); err == nil {
			t.Errorf("the keys %s were taken", other)
		}
	}
}

func TestAnErrorOfAnotherSortHasNoKind(t *testing.T) {
	if KindOf(errors.New("x")) != "" || Unanswered(errors.New("x")) || Unanswered(nil) {
		t.Error("an error that the server did not tell has a kind")
	}
}
