using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Tumbler.Stories.Tests.Silos;

/// <summary>What stays when a silo's process ends: its data directory and its address.</summary>
public sealed class SiloHome : IDisposable
{
    private readonly DirectoryInfo top = System.IO.Directory.CreateTempSubdirectory("tumbler-story-");

    public SiloHome(StoryRun run, string name)
    {
        (Run, Name) = (run, name);
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
    }

    public StoryRun Run { get; }

    public string Name { get; }

    public Uri Url { get; }

    /// <summary>The default ring's <c>iss</c>.</summary>
    public string Issuer => Url.GetLeftPart(UriPartial.Authority);

    /// <summary>Where its processes are started; the data directory lies in it.</summary>
    public string Directory => top.FullName;

    public string Data => Path.Combine(Directory, "data");

    public string Journal => Path.Combine(Data, "journal.jsonl");

    /// <summary>What its processes have in their environment besides.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string AdminKey => File.ReadAllText(Path.Combine(Data, "admin.key")).Trim();

    /// <summary>Starts a process here and waits until it is ready.</summary>
    public Task<SiloProcess> Start(params string[] settings) => SiloProcess.Start(this, settings);

    /// <summary>Every file's content but the lock's, to see whether anything was touched.</summary>
    public SortedDictionary<string, string> Content() => new(
        new DirectoryInfo(Data).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Name != "journal.lock")
            .ToDictionary(file => file.FullName, file => Convert.ToBase64String(File.ReadAllBytes(file.FullName))),
        StringComparer.Ordinal);

    public void Dispose() => top.Delete(recursive: true);

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
