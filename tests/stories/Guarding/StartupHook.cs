using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tumbler.Stories.Tests.Guarding;

/// <summary>Runs in the process of a service before its own code (the runtime finds it by this name): the service is the one that users have,
/// only the clock is the story's.</summary>
#pragma warning disable CA1050 // The runtime looks for it outside of any namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    /// <summary>The environment variable that names the anchor file of the silo whose clock it is.</summary>
    public const string Anchor = "TUMBLER_STORY_CLOCK";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Anchor) is { } file)
            DiagnosticListener.AllListeners.Subscribe(new Hosts(RateClock.Of(file)));
    }

    private sealed class Hosts(TimeProvider clock) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
                value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host })
                host.ConfigureServices(services => services.AddSingleton(clock));
        }

        public void OnCompleted()
        {
            // The process ends.
        }

        public void OnError(Exception error)
        {
            // There is none.
        }
    }
}
