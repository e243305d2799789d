using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Secrets;
using Tumbler.Tests.Certificates;

namespace Tumbler.Silo.Tests.Secrets;

public sealed class VaultTlsTests : IAsyncLifetime
{
    private readonly TestAuthority authority = new();
    private readonly TestAuthority another = new("another authority of these tests");
    private WebApplication vault = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(X509Certificate2.CreateFromPemFile(authority.Issue("vault")))));
        vault = builder.Build();
        vault.Run(http => http.Response.WriteAsync("""{"data":{"data":{"key":"correct horse"}}}"""));
        await vault.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await vault.DisposeAsync();
        authority.Dispose();
        another.Dispose();
    }

    [Fact]
    public async Task Its_certificate_is_signed_by_the_authorities_that_were_given() =>
        Assert.Equal(VaultFault.None, (await Read(authority)).Fault);

    [Fact]
    public async Task One_that_is_not_gets_no_token()
    {
        foreach (var authorities in (TestAuthority?[])[another, null])
            Assert.Equal((VaultFault.Away, "Vault's certificate is not accepted, or it serves no TLS"), Said(await Read(authorities)));
    }

    private static (VaultFault, string?) Said(VaultReply reply) => (reply.Fault, reply.Problem);

    private async Task<VaultReply> Read(TestAuthority? trusted)
    {
        X509Certificate2Collection? authorities = trusted is null ? null : [X509Certificate2.CreateFromPem(trusted.Pem)];
        using var client = new VaultClient(new Uri(vault.Urls.Single()), null, authorities);
        return await client.Read(new SecretAddress("secret", "tumbler", "key"), new SecretText("token"), TestContext.Current.CancellationToken);
    }
}
