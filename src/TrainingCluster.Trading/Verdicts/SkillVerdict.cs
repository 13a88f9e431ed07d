namespace TrainingCluster.Trading.Verdicts;

/// <summary>What a deflated Sharpe ratio allows to say.</summary>
public enum SkillVerdict
{
    /// <summary>Below .90, or not computed.</summary>
    NoEvidence,

    /// <summary>From .90 on.</summary>
    Weak,

    /// <summary>From .95 on: may be promoted.</summary>
    Skill,
}
