using System.Collections.Immutable;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Tokens;

namespace Tumbler.Engine.Tokens;

/// <summary>A client with an accepted token. It may do what the token says and the client is granted still: what is taken from a
/// client does not live on in its tokens.</summary>
/// <param name="Granted">The client's scopes as they are now.</param>
public sealed record Bearer(AccessTokenClaims Claims, OrgSlug Org, ImmutableArray<string> Granted)
{
    /// <summary>The API key that is the client; or it is <see cref="Client"/>.</summary>
    public ApiKeyId? Key { get; init; }

    public ClientId? Client { get; init; }

    public string ClientId => Claims.ClientId;

    /// <summary>Space-separated.</summary>
    public string Scope
    {
        get
        {
            foreach (var scope in Claims.Scope.AsSpan().Split(' '))
            {
                if (!IsGranted(Claims.Scope.AsSpan()[scope]))
                    return string.Join(' ', Claims.Scope.Split(' ').Where(each => IsGranted(each)));
            }

            return Claims.Scope;
        }
    }

    public bool Has(string scope)
    {
        foreach (var each in Claims.Scope.AsSpan().Split(' '))
        {
            if (Claims.Scope.AsSpan()[each].SequenceEqual(scope))
                return IsGranted(scope);
        }

        return false;
    }

    private bool IsGranted(ReadOnlySpan<char> scope)
    {
        foreach (var granted in Granted)
        {
            if (scope.SequenceEqual(granted))
                return true;
        }

        return false;
    }
}
