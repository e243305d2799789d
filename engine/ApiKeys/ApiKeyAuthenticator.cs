using Tumbler.Core.ApiKeys;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.ApiKeys;

/// <summary>Says whose API key was presented. Every refusal is the same one, and everything that has the form of a key
/// is hashed, so that neither the answer nor its time tells which organisations and keys exist.</summary>
public sealed class ApiKeyAuthenticator(OrganizationSnapshots organizations, ApiKeyHasher hasher, ApiKeyUses uses)
{
    /// <summary>Null when it is not accepted now. Waits only for an organisation's first use.</summary>
    public async ValueTask<AuthenticatedKey?> Authenticate(string? presented, DateTimeOffset now)
    {
        if (!ApiKeyText.TryParse(presented, out var text))
            return null;

        var hash = hasher.Hash(text);
        return Match(await organizations.Find(text.Org), text, hash, now);
    }

    private AuthenticatedKey? Match(OrganizationSnapshot? organization, ApiKeyText text, ApiKeyHash hash, DateTimeOffset now)
    {
        if (organization?.Match(hash, now) is not { } key)
            return null;
        uses.Used(key.Id, now);
        return new AuthenticatedKey(text.Org, key);
    }
}
