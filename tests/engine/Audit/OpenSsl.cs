using System.Diagnostics;

namespace Tumbler.Engine.Tests.Audit;

internal static class OpenSsl
{
    /// <summary>As docs/audit.md says it, with the certificate in the folder as the one that is trusted.</summary>
    public static Task<int> VerifyCms(string folder) => Run(
        "cms", "-verify", "-binary", "-content", Path.Combine(folder, "audit.jsonl"), "-inform", "DER", "-in", Path.Combine(folder, "audit.jsonl.p7s"),
        "-CAfile", Path.Combine(folder, "certificate.pem"), "-out", "/dev/null");

    public static async Task<int> Run(params string[] arguments)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await Task.WhenAll(openssl.StandardOutput.ReadToEndAsync(), openssl.StandardError.ReadToEndAsync(), openssl.WaitForExitAsync());
        return openssl.ExitCode;
    }
}
