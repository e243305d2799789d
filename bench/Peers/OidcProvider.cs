using System.Diagnostics;
using Tumbler.Bench.Load;

namespace Tumbler.Bench.Peers;

/// <summary>npm's oidc-provider as processes of their own.</summary>
internal sealed class OidcProvider : ILoaded, IDisposable
{
    private readonly Process process;

    private OidcProvider(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    /// <param name="silo">Whose API key is the client here too, so that the requests are the same.</param>
    public static async Task<OidcProvider> Start(string algorithm, int processes, Silo silo)
    {
        var port = Silo.FreePort();
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "../../../Peers/provider.mjs"), algorithm, port, $"{processes}", silo.KeyId];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["NODE_ENV"] = "production";
        var provider = new OidcProvider(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
        await provider.process.StandardInput.WriteLineAsync(silo.Key);
        provider.process.StandardInput.Close();
        return await provider.process.StandardOutput.ReadLineAsync() == "ready" ? provider : throw new InvalidOperationException("oidc-provider did not start.");
    }

    /// <summary>Not known of its processes together.</summary>
    public double CpuTime() => 0;

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
