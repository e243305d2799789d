using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Contracts.Tokens;

/// <summary>Either a token or an OAuth error.</summary>
public readonly struct TokenAnswer
{
    private readonly object answer;

    private TokenAnswer(object answer) => this.answer = answer;

    public bool TryGet([NotNullWhen(true)] out IssuedToken? token, [NotNullWhen(false)] out OAuthError? error)
    {
        (token, error) = (answer as IssuedToken, answer as OAuthError);
        return token is not null;
    }

    public static implicit operator TokenAnswer(IssuedToken token) => new(token);

    public static implicit operator TokenAnswer(OAuthError error) => new(error);
}
