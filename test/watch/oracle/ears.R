# Writes ears.csv into the folder named: 24 simulated series (our own) and what earsC of the R package
# surveillance (GPL; only run, nothing of it stored) gives for them.
# Run: Rscript test/watch/oracle/ears.R test/watch/oracle
# Written with R 4.2.2 and surveillance 1.20.3.
suppressMessages(library(surveillance))
set.seed(20220921)
rows <- list()
lengths <- c(15, 20, 35, 60)
levels <- c(0.8, 6, 40, 300, 2500, 40000)
for (series in 1:24) {
    n <- lengths[(series - 1) %% 4 + 1]
    level <- levels[(series - 1) %/% 4 + 1]
    size <- c(Inf, 30, 5)[series %% 3 + 1]
    weekly <- if (series %% 2 == 0) rep(c(1, 1, 1, 1, 1, 1.3, 1.3), length.out = n) else 1
    mu <- level * weekly * ifelse(seq_len(n) > 0.8 * n, 1.6, 1)
    y <- if (is.finite(size)) rnbinom(n, mu = mu, size = size) else rpois(n, mu)
    sts <- new("sts", epoch = seq_len(n), observed = matrix(y), freq = 365, start = c(2022, 1))
    bound <- sapply(c("C1", "C2", "C3"), function(method) {
        alpha <- if (method == "C3") 0.025 else 0.001
        out <- rep(NA, n)
        got <- earsC(sts, control = list(method = method, baseline = 7, alpha = alpha))
        out[(n - nrow(got) + 1):n] <- upperbound(got)
        out
    })
    rows[[series]] <- data.frame(series = series, period = seq_len(n) - 1, count = y,
                                 c1 = bound[, 1], c2 = bound[, 2], c3 = bound[, 3])
}
out <- do.call(rbind, rows)
for (column in c("c1", "c2", "c3")) {
    out[[column]] <- ifelse(is.na(out[[column]]), "", formatC(out[[column]], digits = 17, format = "g"))
}
write.csv(out, file.path(commandArgs(trailingOnly = TRUE)[1], "ears.csv"), quote = FALSE, row.names = FALSE)
