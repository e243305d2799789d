using System.Globalization;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests.Cluster;

/// <summary>One of the processes of <c>deploy/local</c>. What ends without having been told to is started again.</summary>
public class ClusterPart(LocalCluster cluster, string name)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Name => name;

    protected LocalCluster Cluster => cluster;

    protected string Folder => Path.Combine(cluster.Folder, name);

    /// <summary>Null while it does not run.</summary>
    public int? Id => File.Exists(PidFile) && int.TryParse(Read(PidFile), CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>How often it has ended.</summary>
    public int Ends => File.Exists(EndsFile) ? File.ReadLines(EndsFile).Count() : 0;

    private string PidFile => Path.Combine(Folder, "pid");

    private string EndsFile => Path.Combine(Folder, "ends");

    /// <summary>SIGKILL: no handler runs, nothing is flushed. PostgreSQL and Redis take it as a power failure.</summary>
    /// <param name="hold">Whether it stays away until <see cref="Start"/>; else it is started again at once.</param>
    public async Task Kill(bool hold = false)
    {
        if (hold)
            await File.WriteAllTextAsync(Path.Combine(Folder, "down"), "");
        var ends = Ends;
        await Signal("KILL");
        await Until.True($"{name} has ended", Patience, () => Task.FromResult(Ends > ends));
    }

    /// <summary>It stands still in the middle of whatever it does.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>It goes on.</summary>
    public Task Thaw() => Signal("CONT");

    /// <summary>As its administrator would do it, and it stays away.</summary>
    public Task Stop() => cluster.Down(name);

    /// <summary>After <see cref="Stop"/> or a kill with hold.</summary>
    /// <param name="wait">Whether until it is ready.</param>
    /// <param name="settings">For a silo, beside those that all have: <c>--Section:Key value</c>.</param>
    /// <param name="under">A command that a silo is run by.</param>
    public Task Start(bool wait = true, string settings = "", string under = "") =>
        cluster.Up(settings, under, wait ? [name] : ["--no-wait", name]);

    public async Task Restart()
    {
        await Stop();
        await Start();
    }

    private Task Signal(string signal) =>
        Silos.Signal.Send(signal, Id ?? throw new InvalidOperationException($"{name} does not run."));

    /// <summary>It may go away meanwhile.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
