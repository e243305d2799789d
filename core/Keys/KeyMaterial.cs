using Tumbler.Contracts.Keys;
using Tumbler.Core.Tokens;

namespace Tumbler.Core.Keys;

/// <summary>A fresh key pair for a <see cref="KeyPlan"/>: proved, and its private half already protected.</summary>
public sealed record KeyMaterial(Kid Kid, Jwk PublicKey, ProtectedKey PrivateKey);
