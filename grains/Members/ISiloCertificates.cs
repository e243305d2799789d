using System.Security.Cryptography.X509Certificates;

namespace Tumbler.Grains.Members;

/// <summary>By what silos know each other. Asked at every new connection, so that certificates can be replaced while running.</summary>
public interface ISiloCertificates
{
    X509Certificate2 Own { get; }

    /// <summary>What they have signed may join.</summary>
    X509Certificate2Collection Authorities { get; }
}
