using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Engine.Tests;

/// <summary>An organisation's service with its API key.</summary>
internal sealed record Client(OrgSlug Org, ApiKeyId Id, string Key)
{
    public TokenRequest Request(string? scope = null, string address = "192.0.2.7") => new(Id.ToString(), Key, scope, [], Origin(address));

    public static RequestOrigin Origin(string address = "192.0.2.7") => new("request-1", address, "POST /oauth2/token");
}
