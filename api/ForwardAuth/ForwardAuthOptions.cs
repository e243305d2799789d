using System.Collections.Frozen;
using Tumbler.Contracts.Keys;

namespace Tumbler.Api.ForwardAuth;

/// <summary>How gateways are answered. What a gateway asks for itself, in its query, comes on top of it.</summary>
public sealed record ForwardAuthOptions
{
    public const string DefaultSubjectHeader = "X-Client-Cert-Subject";

    /// <summary>A credential of another sort is not looked at: it may be meant for the service behind the gateway.</summary>
    public ForwardAuthMethods Methods { get; init; } = ForwardAuthMethods.Jwt | ForwardAuthMethods.ApiKey;

    /// <summary>The ring of a gateway that names none.</summary>
    public RingId Ring { get; init; } = RingId.Default;

    /// <summary>The header with a verified client certificate's subject. Believed only when a trusted proxy sends it.</summary>
    public string SubjectHeader { get; init; } = DefaultSubjectHeader;

    /// <summary>The subjects that are let in, in RFC 4514's form and letter by letter.</summary>
    public FrozenSet<string> Subjects { get; init; } = FrozenSet<string>.Empty;

    public ExemptPaths Exempt { get; init; } = ExemptPaths.None;

    /// <summary>False lets everything through and only counts what would be refused, while services are being moved behind it.</summary>
    public bool Enforce { get; init; } = true;
}
