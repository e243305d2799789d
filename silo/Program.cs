using Tumbler.Silo.Clock;
using Tumbler.Silo.Configuration;

if (StartUp.Read(args, Environment.CurrentDirectory, Environment.GetEnvironmentVariables(), _ => [], Console.Error) is not { } settings
    || SiloSecrets.Complete(settings, Console.Error) is not { } secrets
    || SiloClock.Open(settings, TimeProvider.System, Console.Error) is not { } clock)
    return StartUp.ConfigurationError;

secrets.Announce(Console.Out, isTerminal: !Console.IsOutputRedirected);
Console.WriteLine(clock.GetUtcNow());
return 0;
