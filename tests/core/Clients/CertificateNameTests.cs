using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Core.Clients;
using Tumbler.Tests.Certificates;

namespace Tumbler.Core.Tests.Clients;

public sealed class CertificateNameTests
{
    [Theory]
    [InlineData("CN=billing,OU=it,O=Acme\\, Inc.,C=DE", true)]
    [InlineData("CN=billing, OU=it, O=Acme\\2c Inc., C=DE", true)]
    [InlineData("cn = billing,ou=it,o=Acme\\, Inc.,c=DE", true)]
    [InlineData("2.5.4.3=billing,OU=it,O=Acme\\, Inc.,C=DE", true)]
    [InlineData("CN=Billing,OU=it,O=Acme\\, Inc.,C=DE", false)]
    [InlineData("CN=billing,OU=it,O=Acme\\, Inc.", false)]
    [InlineData("OU=it,CN=billing,O=Acme\\, Inc.,C=DE", false)]
    [InlineData("C=DE,O=Acme\\, Inc.,OU=it,CN=billing", false)]
    [InlineData("CN=billing", false)]
    [InlineData("CN=billing ,OU=it,O=Acme\\, Inc.,C=DE", true)]
    [InlineData("CN=billing\\ ,OU=it,O=Acme\\, Inc.,C=DE", false)]
    public void A_subject_is_compared_as_RFC_4514_writes_it(string registered, bool same)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName("billing");
        subject.AddOrganizationalUnitName("it");
        subject.AddOrganizationName("Acme, Inc.");
        subject.AddCountryOrRegion("DE");
        using var certificate = TestCertificates.Issue(subject: subject.Build());

        // Most specific first, as the certificate's own text has it.
        Assert.StartsWith("CN=billing", certificate.Subject, StringComparison.Ordinal);
        Assert.Equal(same, new CertificateName(CertificateNameKind.SubjectDn, registered).IsIn(certificate));
    }

    [Theory]
    [InlineData("CN=Grüße \\\\ \\\"x\\\" \\#1", "Grüße \\ \"x\" #1")]
    [InlineData("CN=a\\=b\\;\\<\\>\\+", "a=b;<>+")]
    [InlineData("CN=\\C3\\A4", "ä")]
    [InlineData("CN=a=b", "a=b")]
    public void Escapes_stand_for_what_they_stand_for(string registered, string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        using var certificate = TestCertificates.Issue(subject: subject.Build());

        Assert.True(new CertificateName(CertificateNameKind.SubjectDn, registered).IsIn(certificate));
    }

    [Theory]
    [InlineData(CertificateNameKind.SanDns, "api.acme.example", true)]
    [InlineData(CertificateNameKind.SanDns, "API.acme.example", true)]
    [InlineData(CertificateNameKind.SanDns, "b.acme.example", false)]
    [InlineData(CertificateNameKind.SanDns, "x.wild.example", false)]
    [InlineData(CertificateNameKind.SanUri, "spiffe://acme/billing", true)]
    [InlineData(CertificateNameKind.SanUri, "spiffe://acme/Billing", false)]
    [InlineData(CertificateNameKind.SanUri, "spiffe://acme/", false)]
    [InlineData(CertificateNameKind.SanIp, "192.0.2.7", true)]
    [InlineData(CertificateNameKind.SanIp, "2001:db8:0:0::7", true)]
    [InlineData(CertificateNameKind.SanIp, "192.0.2.8", false)]
    [InlineData(CertificateNameKind.SanEmail, "it@acme.example", true)]
    [InlineData(CertificateNameKind.SanEmail, "IT@acme.example", false)]
    [InlineData(CertificateNameKind.SanEmail, "api.acme.example", false)]
    [InlineData(CertificateNameKind.SanDns, "it@acme.example", false)]
    [InlineData(CertificateNameKind.SanDns, "192.0.2.7", false)]
    public void An_alternative_name_is_looked_for_among_its_own_kind(CertificateNameKind kind, string registered, bool found)
    {
        using var certificate = TestCertificates.Issue(names: names =>
        {
            names.AddDnsName("other.acme.example");
            names.AddDnsName("api.acme.example");
            names.AddDnsName("*.wild.example");
            names.AddUserPrincipalName("upn@acme.example");
            names.AddUri(new Uri("spiffe://acme/billing"));
            names.AddIpAddress(IPAddress.Parse("192.0.2.7"));
            names.AddIpAddress(IPAddress.Parse("2001:db8::7"));
            names.AddEmailAddress("it@acme.example");
        });

        Assert.Equal(found, new CertificateName(kind, registered).IsIn(certificate));
    }

    [Fact]
    public void A_certificate_without_alternative_names_has_none_though_its_subject_looks_like_one()
    {
        using var certificate = TestCertificates.Issue(subject: new X500DistinguishedName("CN=api.acme.example"));

        Assert.False(new CertificateName(CertificateNameKind.SanDns, "api.acme.example").IsIn(certificate));
    }

    [Fact]
    public void Alternative_names_that_are_no_DER_are_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("2.5.29.17", [0x30, 0x0a, 0x82, 0x03, (byte)'a', (byte)'.', (byte)'b'], false));
        using var certificate = request.CreateSelfSigned(TestCertificates.Now, TestCertificates.Now.AddDays(1));

        Assert.False(new CertificateName(CertificateNameKind.SanDns, "a.b").IsIn(certificate));
    }
}
