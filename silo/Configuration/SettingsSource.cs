using System.Collections;
using Microsoft.Extensions.Configuration;
using Tumbler.Silo.Secrets;

namespace Tumbler.Silo.Configuration;

/// <summary>Where a process's settings come from. They can be read more than once: files change, and so does what a secret manager
/// keeps; arguments and environment don't.</summary>
/// <param name="directory">Where <c>appsettings.json</c> is sought and relative paths begin.</param>
/// <param name="environment">The process's environment variables.</param>
internal sealed class SettingsSource(IReadOnlyList<string> arguments, string directory, IDictionary environment, TimeProvider clock) : IDisposable
{
    private const string EnvironmentSetting = "environment";

    public ManagedSecrets Secrets { get; private set; } = ManagedSecrets.None;

    /// <summary>Asks the secret manager for what the settings say is there. What is wrong with that <see cref="Read"/> tells.</summary>
    public async Task Open(CancellationToken stop = default)
    {
        var configuration = SettingSources.Load(arguments, environment, directory, []);
        var reader = NewReader(configuration);
        Secrets = ManagedSecrets.Of(VaultOptions.Read(reader), reader.IsGiven(VaultOptions.AddressSetting), clock);
        await Secrets.Fetch(Addresses(configuration), stop);
    }

    /// <summary>Asks for what the settings name by now and did not before.</summary>
    public Task Fetch(CancellationToken stop) =>
        Secrets.Fetch(Addresses(SettingSources.Load(arguments, environment, directory, [])), stop);

    /// <param name="read">Takes what it needs; what is wrong it tells the reader.</param>
    /// <param name="errors">Gets what is wrong.</param>
    public (TSettings Settings, SettingsReader Reader) Read<TSettings>(
        Func<IConfiguration, SettingsReader, TSettings> read, List<SettingError> errors)
    {
        var configuration = SettingSources.Load(arguments, environment, directory, errors);
        var reader = NewReader(configuration);
        reader.Text(EnvironmentSetting);
        VaultOptions.Read(reader);
        var settings = read(configuration, reader);
        errors.AddRange(reader.Errors);
        return (settings, reader);
    }

    public void Dispose() => Secrets.Dispose();

    private SettingsReader NewReader(IConfiguration configuration) =>
        new(configuration, IsDevelopment(configuration[EnvironmentSetting]), directory, Secrets);

    private static HashSet<SecretAddress> Addresses(IConfiguration configuration)
    {
        var addresses = new HashSet<SecretAddress>();
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (value is not null && SettingNames.IsInManager(name) && SecretAddress.TryParse(value, out var address))
                addresses.Add(address);
        }

        return addresses;
    }

    /// <summary>As ASP.NET has it: no word about it is production. So is any other name than Development, which errs on
    /// the safe side when it is misspelt.</summary>
    private bool IsDevelopment(string? setting) =>
        string.Equals(
            setting ?? environment["DOTNET_ENVIRONMENT"] as string ?? environment["ASPNETCORE_ENVIRONMENT"] as string,
            "Development", StringComparison.OrdinalIgnoreCase);
}
