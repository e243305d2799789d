using System.Diagnostics;

namespace Tumbler.Stories.Tests.Foreign;

internal static class OpenSsl
{
    /// <summary>What <c>openssl pkey</c> says of a public key.</summary>
    public static async Task<string> Describe(string pem)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["pkey", "-pubin", "-pubcheck", "-noout", "-text"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await openssl.StandardInput.WriteAsync(pem);
        openssl.StandardInput.Close();
        var description = await openssl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, openssl.ExitCode);
        return description;
    }
}
