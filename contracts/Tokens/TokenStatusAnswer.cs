using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Contracts.Tokens;

/// <summary>What a token is worth to who asks, or an OAuth error.</summary>
public readonly struct TokenStatusAnswer
{
    private readonly object? answer;

    private TokenStatusAnswer(object? answer) => this.answer = answer;

    /// <summary>There is no such token, as far as the caller has a right to know.</summary>
    public static TokenStatusAnswer Inactive { get; }

    /// <param name="status">Null for a token that is not active.</param>
    public bool TryGet(out TokenStatus? status, [NotNullWhen(false)] out OAuthError? error)
    {
        (status, error) = (answer as TokenStatus, answer as OAuthError);
        return error is null;
    }

    public static implicit operator TokenStatusAnswer(TokenStatus status) => new(status);

    public static implicit operator TokenStatusAnswer(OAuthError error) => new(error);
}
