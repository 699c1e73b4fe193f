package client

import (
	"context"
	"encoding/json"
	"net/http"
)

// Variables of a GraphQL document.
type Variables map[string]any

// envelope is what every answer of GraphQL looks like.
type envelope struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct{ Kind, Code string }
	}
}

// Ask carries out a GraphQL document that may be sent again after an answer was lost, and reads its data into out.
func (c *Client) Ask(ctx context.Context, document string, variables Variables, out any) error {
	return c.graphql(ctx, document, variables, out, true)
}

// AskOnce carries out a GraphQL document whose repetition would do its work twice.
func (c *Client) AskOnce(ctx context.Context, document string, variables Variables, out any) error {
	return c.graphql(ctx, document, variables, out, false)
}

func (c *Client) graphql(ctx context.Context, document string, variables Variables, out any, repeatable bool) error {
	got, err := c.send(ctx, request{
		method:     http.MethodPost,
		path:       "/graphql",
		accept:     "application/graphql-response+json",
		body:       map[string]any{"query": document, "variables": variables},
		repeatable: repeatable,
		unavailable: func(got answer) bool {
			var told envelope
			return json.Unmarshal(got.body, &told) == nil && len(told.Errors) > 0 && told.Errors[0].Extensions.Kind == Unavailable
		},
	})
	if err != nil {
		return err
	}
	var envelope envelope
	if err := json.Unmarshal(got.body, &envelope); err != nil || envelope.Data == nil && envelope.Errors == nil {
		return c.refusal(got)
	}
	if len(envelope.Errors) > 0 {
		first := envelope.Errors[0]
		return &Error{
			Kind:      first.Extensions.Kind,
			Code:      first.Extensions.Code,
			Message:   first.Message,
			RequestID: got.header.Get("X-Request-Id"),
		}
	}
	return json.Unmarshal(envelope.Data, out)
}

// MLflow calls the REST API of MLflow's clients, such as "webhooks"; out may be nil. Only a GET, a PATCH or a DELETE is
// sent again after an answer was lost.
func (c *Client) MLflow(ctx context.Context, method, path string, body, out any) error {
	got, err := c.send(ctx, request{
		method:     method,
		path:       "/api/2.0/mlflow/" + path,
		accept:     "application/json",
		body:       body,
		repeatable: method != http.MethodPost,
	})
	if err != nil {
		return err
	}
	if got.status != http.StatusOK {
		return c.refusal(got)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(got.body, out); err != nil {
		return c.stranger(got)
	}
	return nil
}

// Get reads what stands at a path, such as a manifest.
func (c *Client) Get(ctx context.Context, path, mediaType string) ([]byte, error) {
	got, err := c.send(ctx, request{method: http.MethodGet, path: path, accept: mediaType, repeatable: true})
	if err != nil {
		return nil, err
	}
	if got.status != http.StatusOK {
		return nil, c.refusal(got)
	}
	return got.body, nil
}
