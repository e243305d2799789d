using System.Security.Cryptography.X509Certificates;
using Tumbler.Core.Clients;
using Tumbler.Tests.Certificates;

namespace Tumbler.Core.Tests.Clients;

public sealed class CertificateTrustTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestCertificates.Now;

    private readonly X509Certificate2 authority = TestCertificates.Authority();
    private readonly X509Certificate2 foreign = TestCertificates.Authority("foreign");

    public void Dispose()
    {
        authority.Dispose();
        foreign.Dispose();
    }

    [Fact]
    public void What_an_authority_has_signed_for_clients_is_trusted_while_it_is_valid()
    {
        using var certificate = TestCertificates.Issue(authority);

        Assert.True(CertificateTrust.Holds(certificate, [authority], Now));
        Assert.True(CertificateTrust.Holds(certificate, [foreign, authority], Now));
        Assert.False(CertificateTrust.Holds(certificate, [authority], certificate.NotAfter.AddSeconds(1)));
        Assert.False(CertificateTrust.Holds(certificate, [authority], certificate.NotBefore.AddSeconds(-1)));
        Assert.False(CertificateTrust.Holds(certificate, [foreign], Now));
        Assert.False(CertificateTrust.Holds(certificate, [], Now));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void What_says_that_it_is_for_something_else_is_not(bool? forClients, bool trusted)
    {
        using var certificate = TestCertificates.Issue(authority, forClients: forClients);

        Assert.Equal(trusted, CertificateTrust.Holds(certificate, [authority], Now));
    }

    [Fact]
    public void What_has_signed_itself_is_not()
    {
        using var certificate = TestCertificates.Issue();

        Assert.False(CertificateTrust.Holds(certificate, [authority], Now));
    }

    /// <summary>RFC 8705, appendix A: the certificate and its thumbprint.</summary>
    [Fact]
    public void The_thumbprint_is_that_of_the_RFC()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(
            "MIIBBjCBrAIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARtdGxzMB4XDTE4MTAxODEyMzcwOVoXDTIyMDUwMjEyMzcwOVowDzENMAsGA1UEAwwEbXRsczBZ"
            + "MBMGByqGSM49AgEGCCqGSM49AwEHA0IABNcnyxwqV6hY8QnhxxzFQ03C7HKW9OylMbnQZjjJ/Au08/coZwxS7LfA4vOLS9WuneIXhbGGWvsDSb0tH6IxLm8w"
            + "CgYIKoZIzj0EAwIDSQAwRgIhAP0RC1E+vwJD/D1AGHGzuri+hlV/PpQEKTWUVeORWz83AiEA5x2eXZOVbUlJSGQgjwD5vaUaKlLR50Q2DmFfQj1L+SY="));

        Assert.Equal("A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0", certificate.Thumbprint());
    }
}
