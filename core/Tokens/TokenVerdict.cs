using System.Diagnostics.CodeAnalysis;

namespace Tumbler.Core.Tokens;

/// <summary>Either a verified token or the first fault found.</summary>
public readonly struct TokenVerdict
{
    private readonly VerifiedToken? token;
    private readonly TokenFault fault;

    private TokenVerdict(VerifiedToken? token, TokenFault fault) => (this.token, this.fault) = (token, fault);

    public bool TryGet([NotNullWhen(true)] out VerifiedToken? token, [NotNullWhen(false)] out TokenFault? fault)
    {
        token = this.token;
        fault = token is null ? this.fault : null;
        return token is not null;
    }

    public static implicit operator TokenVerdict(VerifiedToken token) => new(token, default);

    public static implicit operator TokenVerdict(TokenFault fault) => new(null, fault);
}
