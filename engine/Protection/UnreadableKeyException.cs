using System.Security.Cryptography;

namespace Tumbler.Engine.Protection;

/// <summary>A stored private key can't be used. Its message is for operators and says nothing of what is inside.</summary>
public sealed class UnreadableKeyException(KeyFault fault, Exception? cause = null) : CryptographicException(Explain(fault), cause)
{
    public KeyFault Fault => fault;

    private static string Explain(KeyFault fault) => fault switch
    {
        KeyFault.NoCertificate => "It is encrypted for no certificate that is configured here with its private key.",
        KeyFault.Damaged => "It is damaged.",
        KeyFault.AnotherKey => "It is another key than the published one.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
