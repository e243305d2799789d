using Tumbler.Contracts.Keys;

namespace Tumbler.Bench.Micro;

internal static class Operations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("sign-es256", _ => TokenWork.Sign(JwsAlgorithm.ES256)),
        new("sign-rs256", _ => TokenWork.Sign(JwsAlgorithm.RS256)),
        new("verify-es256", _ => TokenWork.Verify(JwsAlgorithm.ES256)),
        new("verify-rs256", _ => TokenWork.Verify(JwsAlgorithm.RS256)),
        new("token-es256", _ => TokenWork.Write(JwsAlgorithm.ES256)),
        new("token-rs256", _ => TokenWork.Write(JwsAlgorithm.RS256)),
        new("token-unsigned", _ => TokenWork.WriteSigningInput(), Stepped: true),
        new("jwks-write", _ => TokenWork.WriteKeySet(), Stepped: true),
        new("canonical-json", _ => AuditWork.Canonicalize()),
        new("audit-link", _ => AuditWork.Link()),
        new("jwks-get", engine => engine.GetKeySet(), Stepped: true),
        new("api-key-match", engine => engine.MatchApiKey(), Stepped: true),
        new("token-issue", engine => engine.IssueToken()),
        new("token-verify", engine => engine.VerifyToken()),
        new("apply-ring", engine => engine.ApplyRing()),
        new("apply-organization", engine => engine.ApplyOrganization()),
    ];
}
