package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"

	"slipway.dev/terraform-provider-slipway/internal/client"
)

// adoptionWindow is for how long something that is exactly as asked passes for what an earlier apply has made without
// hearing of it.
const adoptionWindow = time.Hour

// connectedResource is a resource that speaks to the server.
type connectedResource struct{ *connection }

func (r *connectedResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.connection, _ = req.ProviderData.(*connection)
}

// connectedDataSource is a data source that speaks to the server.
type connectedDataSource struct{ *connection }

func (d *connectedDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.connection, _ = req.ProviderData.(*connection)
}

// there tells whether the server is known, and why not.
func (c *connection) there(diags *diag.Diagnostics) bool {
	if c == nil {
		diags.AddError("The server is not known yet",
			"The provider's configuration depends on something that is not made yet. Make that first, with -target, or in a configuration of its own.")
	}
	return c != nil
}

// fresh tells whether no other resource of this configuration was made with that name.
func (c *connection) fresh(diags *diag.Diagnostics, what, name string) bool {
	if c.names.take(what + " " + name) {
		return true
	}
	diags.AddAttributeError(path.Root("name"), "Two resources with one name",
		fmt.Sprintf("Another resource of this configuration is the %s '%s' already. Give one of them another name, or remove it.", what, name))
	return false
}

// adopts tells whether what is there already can be taken for what an earlier apply has made.
func adopts(diags *diag.Diagnostics, what, name, importID string, asAsked bool, created long) bool {
	if asAsked && time.Since(time.UnixMilli(int64(created))).Abs() < adoptionWindow {
		diags.AddWarning(fmt.Sprintf("There was a %s '%s' already", what, name),
			"It was made within the last hour and is exactly as asked, as if the answer to an earlier apply had been lost. It is managed from now on.")
		return true
	}
	diags.AddAttributeError(path.Root("name"), fmt.Sprintf("There is a %s '%s' already", what, name),
		fmt.Sprintf("To manage it from now on, import it: terraform import ADDRESS '%s'. Otherwise choose another name.", importID))
	return false
}

// fail tells of an error: what could not be done, and what to do.
func fail(diags *diag.Diagnostics, what string, err error) {
	detail := err.Error()
	switch client.KindOf(err) {
	case client.Unauthenticated:
		detail += "\n\nThe provider's token, or SLIPWAY_TOKEN, must be one that is neither expired nor revoked."
	case client.Forbidden:
		detail += "\n\nThe token's role is not enough. Most resources need engineer, slipway_token needs admin, data sources need viewer."
	}
	if client.Unanswered(err) {
		detail += "\n\nWhether the server has done it is not known. Apply again once it is up: what it has made is found, and nothing is made twice."
	}
	diags.AddError("Can't "+what, detail)
}

// long is a 64-bit integer as Slipway's GraphQL writes it, a string.
type long int64

func (l *long) UnmarshalJSON(text []byte) error {
	var digits string
	if err := json.Unmarshal(text, &digits); err != nil {
		digits = string(text)
	}
	value, err := strconv.ParseInt(digits, 10, 64)
	*l = long(value)
	return err
}

// named is something with an id.
type named struct {
	ID   string
	Name string
}

// pageInfo tells where the next page begins.
type pageInfo struct {
	HasNextPage bool
	EndCursor   string
}

// pages asks for page after page until one has what is looked for; read tells whether it has, and what page it was.
func pages(ask func(after *string) (found bool, page pageInfo, err error)) error {
	var after *string
	for {
		found, page, err := ask(after)
		if err != nil || found || !page.HasNextPage {
			return err
		}
		after = &page.EndCursor
	}
}

// idAttribute is the id that the server gives.
func idAttribute(what string) schema.StringAttribute {
	return schema.StringAttribute{
		Computed:            true,
		MarkdownDescription: what,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// notFound is the error of an import of what is not there.
func notFound(diags *diag.Diagnostics, what, name string) {
	diags.AddError("There is nothing to import", fmt.Sprintf("The server has no %s '%s'. Is the endpoint right, and the workspace?", what, name))
}

// left tells that something stays although Terraform forgets it.
func left(diags *diag.Diagnostics, what, name string) {
	diags.AddWarning(fmt.Sprintf("The %s '%s' stays", what, name),
		fmt.Sprintf("Slipway does not delete a %s. Terraform has forgotten it; the server has not.", what))
}
