using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tumbler.Client.Outbound;

namespace Tumbler.Client;

/// <summary>Gives an <see cref="HttpClient"/> its access tokens.</summary>
public static class TumblerTokenExtensions
{
    /// <summary>Every request of this client is sent with an access token. The process does not start with options that break a rule.</summary>
    /// <example>
    /// <code>
    /// builder.Services.AddHttpClient("orders", client => client.BaseAddress = new Uri("https://orders.example"))
    ///     .AddTumblerTokens(builder.Configuration.GetSection("Tumbler:Outbound"));
    /// </code>
    /// </example>
    public static IHttpClientBuilder AddTumblerTokens(this IHttpClientBuilder builder, Action<TokenClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Named(builder).Configure(configure);
        return builder;
    }

    /// <inheritdoc cref="AddTumblerTokens(IHttpClientBuilder, Action{TokenClientOptions})"/>
    /// <param name="builder">The client.</param>
    /// <param name="section">Its settings are the properties of <see cref="TokenClientOptions"/>; any other is an error.</param>
    public static IHttpClientBuilder AddTumblerTokens(this IHttpClientBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Named(builder).Bind(section, binder => binder.ErrorOnUnknownConfiguration = true);
        return builder;
    }

    private static OptionsBuilder<TokenClientOptions> Named(IHttpClientBuilder builder)
    {
        var (services, name) = (builder.Services, builder.Name);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenSources>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TokenClientOptions>, TokenClientOptionsRules>());
        builder.AddHttpMessageHandler(provider =>
        {
            var options = provider.GetRequiredService<IOptionsMonitor<TokenClientOptions>>().Get(name);
            return new TumblerTokenHandler(provider.GetRequiredService<TokenSources>().For(options), options.AllowHttp);
        });
        return services.AddOptions<TokenClientOptions>(name).ValidateOnStart();
    }
}
