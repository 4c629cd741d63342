using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>A fit of the community, as it is stored.</summary>
/// <param name="Map">The map from measured pixels to features; null with style alone.</param>
/// <param name="Factors">The latent factors of known pictures; null without them.</param>
/// <param name="Prior">The prior over the weights of all these features.</param>
public sealed record FittedCommunity(FeatureMap? Map, LatentFactors? Factors, CommunityPrior Prior);
