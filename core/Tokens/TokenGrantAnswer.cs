using System.Diagnostics.CodeAnalysis;
using Tumbler.Contracts.Tokens;

namespace Tumbler.Core.Tokens;

/// <summary>Either a grant or an OAuth error.</summary>
public readonly struct TokenGrantAnswer
{
    private readonly object answer;

    private TokenGrantAnswer(object answer) => this.answer = answer;

    public bool TryGet([NotNullWhen(true)] out TokenGrant? grant, [NotNullWhen(false)] out OAuthError? error)
    {
        (grant, error) = (answer as TokenGrant, answer as OAuthError);
        return grant is not null;
    }

    public static implicit operator TokenGrantAnswer(TokenGrant grant) => new(grant);

    public static implicit operator TokenGrantAnswer(OAuthError error) => new(error);
}
