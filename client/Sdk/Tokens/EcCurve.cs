using System.Security.Cryptography;

namespace Tumbler.Client.Tokens;

/// <summary>A curve of RFC 7518 §6.2.1.1.</summary>
/// <param name="FieldSize">Bytes of a coordinate, and of either half of a signature: always all of them (§6.2.1.2).</param>
internal sealed record EcCurve(string Name, ECCurve Curve, int FieldSize)
{
    public static EcCurve P256 { get; } = new("P-256", ECCurve.NamedCurves.nistP256, 32);

    public static EcCurve P384 { get; } = new("P-384", ECCurve.NamedCurves.nistP384, 48);

    public static EcCurve P521 { get; } = new("P-521", ECCurve.NamedCurves.nistP521, 66);

    public static IReadOnlyList<EcCurve> All { get; } = [P256, P384, P521];
}
