using Microsoft.AspNetCore.Http;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Input;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;

namespace Tumbler.Api.Requests;

/// <summary>The ids in a route. <see cref="CheckRouteValues"/> comes first; then the typed getters can't fail.</summary>
internal static class RouteValues
{
    public static void CheckRouteValues(this InputCheck check, HttpContext http)
    {
        foreach (var (name, value) in http.Request.RouteValues)
        {
            var text = (string?)value;
            switch (name)
            {
                case "org":
                    check.Slug(name, text);
                    break;
                case "ring" when !RingId.TryParse(text, out _):
                    check.Add(name, "ring_id", "ring must be 1 to 50 characters of a-z, 0-9, _ and -, beginning with a letter or digit.");
                    break;
                case "client" when !Contracts.Clients.ClientId.TryParse(text, out _):
                    check.Add(name, "client_id", "client must be a client id such as acme_client_4bX0cTq7RkWm2ZpL9sYe.");
                    break;
                case "id" or "kid" when !Guid.TryParseExact(text, "D", out _):
                    check.Add(name, "uuid", $"{name} must be a UUID such as 3f2504e0-4f89-41d3-9a0c-0305e82c3301.");
                    break;
            }
        }
    }

    public static OrgSlug Org(this HttpContext http) => OrgSlug.Parse(Text(http, "org"));

    public static RingId Ring(this HttpContext http) => RingId.Parse(Text(http, "ring"));

    public static Kid Kid(this HttpContext http) => Contracts.Keys.Kid.Parse(Text(http, "kid"));

    public static ApiKeyId ApiKeyId(this HttpContext http) => Contracts.ApiKeys.ApiKeyId.Parse(Text(http, "id"));

    public static ClientId ClientId(this HttpContext http) => Contracts.Clients.ClientId.Parse(Text(http, "client"));

    public static Guid Id(this HttpContext http) => Guid.ParseExact(Text(http, "id"), "D");

    private static string Text(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;
}
