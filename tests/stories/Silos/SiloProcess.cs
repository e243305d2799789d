using System.Diagnostics;
using System.Net;
using Tumbler.Stories.Tests.Clients;

namespace Tumbler.Stories.Tests.Silos;

/// <summary>A running silo: the built program in a process of its own.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    // Some stories run out of the time that others leave, and wait for it.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(3);

    private readonly LoggedProcess process;

    private SiloProcess(SiloHome home, LoggedProcess process)
    {
        (Home, this.process) = (home, process);
        Http = new HttpClient { BaseAddress = home.Url, Timeout = TimeSpan.FromSeconds(30) };
    }

    public SiloHome Home { get; }

    public int Id => process.Id;

    /// <summary>Sends no credentials of its own.</summary>
    public HttpClient Http { get; }

    public AdminClient Admin => new(Http, Home.AdminKey, Home.Run.Secrets);

    public TokenClient Tokens => new(Http, Home.Run.Secrets);

    /// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
    public TimeSpan StartedWithin { get; private set; }

    /// <summary>What it has said so far.</summary>
    public string Log => Output + process.Errors;

    public string Output => process.Output;

    public static async Task<SiloProcess> Start(SiloHome home, params string[] settings)
    {
        var starting = Stopwatch.StartNew();
        var silo = new SiloProcess(home, Spawn(home, settings));
        try
        {
            await Until.True("the silo is ready", StartPatience, silo.IsReady);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }

        silo.StartedWithin = starting.Elapsed;
        home.Run.Secrets.AddFilesOf(home.Data);
        return silo;
    }

    /// <summary>Runs a silo that is not expected to get far.</summary>
    public static async Task<Ended> RunToEnd(SiloHome home, string[] settings, bool development = true, TimeSpan? patience = null)
    {
        using var process = Spawn(home, settings, development);
        try
        {
            return new Ended(await process.End(patience ?? StartPatience), process.Output, process.Errors);
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>Runs one of the program's commands where the silo lives.</summary>
    public static async Task<Ended> Command(SiloHome home, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [home.Run.SiloAssembly, .. command]) { WorkingDirectory = home.Directory };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        using var process = LoggedProcess.Start(start, home.Run.NewLog(home.Name));
        return new Ended(await process.End(StartPatience), process.Output, process.Errors);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.End(StopPatience);
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        await Signal.Send("TERM", Id);
        return await process.End(StopPatience);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> End() => process.End(StopPatience);

    /// <summary>It stands still in the middle of whatever it does.</summary>
    public Task Freeze() => Signal.Send("STOP", Id);

    /// <summary>It goes on.</summary>
    public Task Thaw() => Signal.Send("CONT", Id);

    /// <summary>The time by the server's clock.</summary>
    public async Task<DateTimeOffset> Now() =>
        (await Http.Get<ServerTime>("/health/live")).Time;

    /// <summary>Resident memory in MiB, as the kernel has it.</summary>
    public double ResidentMemory()
    {
        var line = File.ReadLines($"/proc/{Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill();
        await process.End(StopPatience);
        process.Dispose();
    }

    public async Task<bool> IsReady()
    {
        if (process.HasExited)
            Assert.Fail($"The silo ended before it was ready:\n{process.Output}{process.Errors}");
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Without limits: the stories ask as fast as they can.</summary>
    private static LoggedProcess Spawn(SiloHome home, string[] settings, bool development = true)
    {
        string[] usual = ["--urls", home.Issuer, "--Limits:Admin", "off", "--Limits:PerAddress:FailedAuthentication", "off"];
        var start = new ProcessStartInfo("dotnet", [home.Run.SiloAssembly, .. usual, .. settings])
        {
            WorkingDirectory = home.Directory,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = development ? "Development" : "Production";
        foreach (var (name, value) in home.Environment)
            start.Environment[name] = value;
        return LoggedProcess.Start(start, home.Run.NewLog(home.Name));
    }
}
