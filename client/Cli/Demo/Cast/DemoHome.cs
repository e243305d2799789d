using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tumbler.Cli.Calls;
using Tumbler.Cli.ServerPrograms;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>Where the demo's server lives: an address on this machine, and a directory that goes when the demo does.</summary>
/// <param name="call">How the demo was called.</param>
internal sealed class DemoHome(CliCall call, ServerProgram program) : IDisposable
{
    // Only for this user: private keys are in it, encrypted with a certificate that is in it as well.
    private readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("tumbler-demo-");

    public CliCall Call => call;

    public ServerProgram Program => program;

    public string Directory => directory.FullName;

    public string Data => Path.Combine(Directory, "data");

    public Uri Url { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));

    /// <summary>The <c>iss</c> of its tokens.</summary>
    public string Issuer => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Made by the server at its first start.</summary>
    public string ReadAdminKey() => File.ReadAllText(Path.Combine(Data, "admin.key")).Trim();

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>One that was free just now. Who takes it before the server does makes the start fail, and another start help.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
