using Tumbler.Core.Keys;
using Tumbler.Silo;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Logging;

var settings = StartUp.Read(
    args, Environment.CurrentDirectory, Environment.GetEnvironmentVariables(),
    ring => RingPolicyRules.Apply(ring, current: null).Refusal?.Fields ?? [], Console.Error);
if (settings is null)
    return StartUp.ConfigurationError;

using var logging = LoggerFactory.Create(builder => builder.AddSiloConsole(settings));
using var parts = SiloParts.Open(settings, logging, Console.Error);
if (parts is null)
    return StartUp.ConfigurationError;

parts.Secrets.Announce(Console.Out, isTerminal: !Console.IsOutputRedirected);
await using var app = await SiloHost.Start(settings, parts, Console.Error);
if (app is null)
    return StartUp.ConfigurationError;

await app.WaitForShutdownAsync();
return 0;
