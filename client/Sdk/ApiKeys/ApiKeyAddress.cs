using Tumbler.Client.Revocations;

namespace Tumbler.Client.ApiKeys;

internal static class ApiKeyAddress
{
    /// <summary>At the server whose issuer this is. API keys are no ring's.</summary>
    public static Uri Derived(string issuer)
    {
        var list = KillListAddress.Derived(issuer).AbsoluteUri;
        return new Uri($"{list[..list.LastIndexOf("/revocations/", StringComparison.Ordinal)]}/api-keys/verify");
    }
}
