using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Client;

/// <summary>What is to be said of a token: its claims, or why it is not accepted.</summary>
public readonly record struct TokenResult
{
    internal TokenResult(VerifiedToken token) => Token = token;

    internal TokenResult(TokenFault fault) => Fault = fault;

    /// <summary>The claims; null when it is not accepted.</summary>
    public VerifiedToken? Token { get; }

    /// <summary>Why not; <see cref="TokenFault.None"/> when it is accepted.</summary>
    public TokenFault Fault { get; }

    /// <summary>Whether it is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    public bool IsValid => Token is not null;

    /// <summary>Whether nothing can be said of any token at the moment. An answer to a caller is 503 then, not 401.</summary>
    public bool IsUnavailable => Fault is TokenFault.KeysUnavailable or TokenFault.RevocationsUnavailable;

    internal static TokenResult Of(TokenFault fault) => new(fault);
}
