using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Pictures;

namespace Personalization.Vision;

/// <summary>Adds eyes to a program.</summary>
public static class VisionServices
{
    /// <summary>Adds the <see cref="IFeatureExtractor"/>, bound to the section <c>Vision</c>.</summary>
    public static IServiceCollection AddVision(this IServiceCollection services, IConfiguration configuration)
    {
        KnownSettings.Require(configuration.GetSection("Vision"), typeof(VisionOptions));
        services.AddOptions<VisionOptions>().Bind(configuration.GetSection("Vision")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VisionOptions>, VisionOptionsValidation>();
        services.AddSingleton<IFeatureExtractor, FeatureExtractor>();
        return services;
    }
}
