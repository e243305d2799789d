using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Tokens;

/// <param name="Error">Null when the token is worth nothing now, whatever it was before.</param>
/// <param name="Spread">Null where nothing changed, and where nobody has to be told.</param>
public sealed record TokenRevocationAnswer(OAuthError? Error, Spread? Spread = null);
